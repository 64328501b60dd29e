// @ts-check
// The pages with everything inside, where the parts of the form cannot be loaded: in order, the first one that runs. Only the classic
// script names any.

/** Their addresses. @type {string[]} */
export const pages = [];
