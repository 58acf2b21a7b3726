/**
 * What the development runtime runs when it is started: loads the application whose folder is on the command line,
 * after the modules named with -r. Every error ends the process, since Electron would show a dialog and wait.
 */
const { app } = require('electron');
const { existsSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');

function fail(error) {
  console.error(error);
  app.exit(1);
}

/** Options of Chromium and of Electron come before the application's folder. */
function readArguments(words) {
  const modules = [];
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] === '-r' || words[at] === '--require') {
      at += 1;
      modules.push(words[at]);
    } else if (words[at] === '--version' || words[at] === '-v') return { showsVersion: true, modules };
    else if (!words[at].startsWith('-')) return { folder: resolve(words[at]), modules };
  }
  return { modules };
}

function load(folder, modules) {
  const description = join(folder, 'package.json');
  if (!existsSync(description)) throw new Error(`There is no application in ${folder}: it has no package.json.`);
  const { name, productName, version, main = 'index.js' } = JSON.parse(readFileSync(description, 'utf8'));
  app.setName(productName ?? name);
  if (version !== undefined) app.setVersion(version);
  app.setAppPath(folder);
  const requireFromApplication = createRequire(description);
  for (const module of modules) requireFromApplication(module);
  requireFromApplication(resolve(folder, main));
}

process.on('uncaughtException', fail);
const { folder, modules, showsVersion } = readArguments(process.argv.slice(1));
if (showsVersion) {
  console.log(`v${process.versions.electron}`);
  app.exit(0);
} else if (folder === undefined) {
  fail(new Error('Name the folder of an application.'));
} else {
  try {
    load(folder, modules);
    process.off('uncaughtException', fail);
  } catch (error) {
    fail(error);
  }
}
