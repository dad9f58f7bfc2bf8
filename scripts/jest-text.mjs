// jest knows no import attributes: a file that is imported as text becomes a module that exports it.
export default {
  process(source, _file, { supportsStaticESM }) {
    return { code: `${supportsStaticESM ? 'export default' : 'module.exports ='} ${JSON.stringify(source)};` };
  },
};
