// @ts-check
// The built-in rules, whole: they are kept in two files, since a form asks for the sources last.

export async function builtIn() {
  const [rules, sources] = await Promise.all([import("./dist/rules.js"), import("./dist/sources.js")]);
  return { ...rules.default, citations: sources.default };
}
