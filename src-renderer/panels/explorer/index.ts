export { Explorer } from './explorer';
export { registerExplorerCommands } from './explorer-commands';
export { stateColor, stateText } from './model';
