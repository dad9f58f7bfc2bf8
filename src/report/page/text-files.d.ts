// Files that go into report.html as they are: imported `with { type: 'text' }`.
declare module '*/page.css' {
  const text: string;
  export default text;
}
declare module '*/filter.js' {
  const text: string;
  export default text;
}
declare module '*/charts.js' {
  const text: string;
  export default text;
}
declare module 'uplot/dist/uPlot.iife.min.js' {
  const text: string;
  export default text;
}
declare module 'uplot/dist/uPlot.min.css' {
  const text: string;
  export default text;
}
declare module 'uplot/LICENSE' {
  const text: string;
  export default text;
}
