// Files that go into the live view as they are: imported `with { type: 'text' }`.
declare module '*/live.css' {
  const text: string;
  export default text;
}
declare module '*/live.js' {
  const text: string;
  export default text;
}
