/** Stands in, in the window's bundle, for a package that a dependency imports and the window never uses. */
module.exports = {};
