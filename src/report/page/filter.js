// Runs in the reader's browser: shows the scenarios of one verdict, those in which one invariant was violated, or those of one dimension of the
// score. A link such as report.html#verdict=fail, #invariant=ordering or #dimension=fault-isolation opens the page so.
(() => {
  const sections = [...document.querySelectorAll('section[data-verdict]')];
  const head = document.querySelector('#scenarios h2');
  const facets = {
    verdict: { title: 'verdict', of: ({ dataset }) => [dataset.verdict] },
    dimension: { title: '', of: ({ dataset }) => [dataset.dimension] },
    invariant: { title: 'violated', of: ({ dataset }) => dataset.violated.split(' ').filter((name) => name !== '') },
  };
  const values = (facet) => [...new Set(sections.flatMap(facets[facet].of))].sort();
  if (!head || sections.length < 2) return;

  const bar = document.createElement('div');
  bar.className = 'filter';
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', 'Which scenarios are shown');
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  const buttons = [button('all', '', '')];
  // A dimension is asked for by its score, at the top of the page.
  for (const facet of ['verdict', 'invariant'])
    for (const value of values(facet)) buttons.push(button(`${facets[facet].title} ${value}`, facet, value));
  bar.append(...buttons, status);
  head.after(bar);

  function button(text, facet, value) {
    const element = document.createElement('button');
    element.type = 'button';
    element.textContent = text;
    element.dataset.facet = facet;
    element.dataset.value = value;
    element.addEventListener('click', () => {
      history.replaceState(null, '', facet === '' ? '#scenarios' : `#${facet}=${encodeURIComponent(value)}`);
      show(facet, value);
    });
    return element;
  }

  function show(facet, value) {
    const isShown = (section) => facet === '' || facets[facet].of(section).includes(value);
    for (const section of sections) section.hidden = !isShown(section);
    for (const row of document.querySelectorAll('#scenarios tbody tr')) {
      const target = row.querySelector('a[href^="#"]')?.getAttribute('href').slice(1);
      row.hidden = sections.some(({ id, hidden }) => hidden && id === target);
    }
    for (const one of buttons)
      one.setAttribute('aria-pressed', String(one.dataset.facet === facet && one.dataset.value === value));
    const count = sections.filter(({ hidden }) => !hidden).length;
    status.textContent = facet === '' ? '' : `${count} of ${sections.length} scenarios are shown`;
  }

  function follow() {
    const [, facet, text] = /^#(verdict|invariant|dimension)=(.+)$/.exec(location.hash) ?? [];
    const value = text && decodeURIComponent(text);
    if (facet && values(facet).includes(value)) {
      show(facet, value);
      head.scrollIntoView();
      return;
    }
    const target = document.getElementById(location.hash.slice(1));
    const isHidden = target?.closest('section[hidden]') != null;
    if (isHidden || buttons.every((one) => !one.hasAttribute('aria-pressed'))) show('', '');
    if (isHidden) target.scrollIntoView();
  }

  for (const link of document.querySelectorAll('a[data-show]')) link.href = `#${link.dataset.show}`;
  addEventListener('hashchange', follow);
  // All of it is printed.
  addEventListener('beforeprint', () => show('', ''));
  follow();
})();
