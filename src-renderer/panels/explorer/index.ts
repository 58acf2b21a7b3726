export { Explorer } from './explorer';
export { registerExplorerCommands } from './explorer-commands';
export { explorerStore } from './explorer-store';
export { stateColor, stateText } from './model';
