/** How programs say that there is no file of a name; strerror(3) of ENOENT is the first. */
const saysMissing =
  /no such file|not found|cannot (?:be )?(?:open|find|read|load)|can't (?:open|find)|unable to (?:open|find|read|load)|does(?: not|n't) exist|ENOENT/i;

/** Pure. Which of these files, named as in the description, a program has said that it does not find. */
export function missingFile(lines: readonly string[], files: readonly string[]): string | undefined {
  return files.find((file) => lines.some((line) => line.includes(file) && saysMissing.test(line)));
}
