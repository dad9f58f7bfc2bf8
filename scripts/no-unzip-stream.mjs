// In place of unzip-stream in dist/: @actions/artifact unpacks downloads with it, which this tool never asks for.
const refuse = () => {
  throw new Error('artifacts are not downloaded by @actions/artifact here');
};

export default { Extract: refuse, Parse: refuse };
