/** What stands in which menu, by the ids of commands. A command that is not there is left out. */
export interface MenuDefinition {
  readonly title: string;
  /** Groups have a line between them. */
  readonly groups: readonly (readonly string[])[];
}

export const MENUS: readonly MenuDefinition[] = [
  {
    title: 'File',
    groups: [
      ['file.openFolder', 'file.openExample', 'file.quickOpen'],
      ['file.newFile', 'file.newFolder'],
      ['file.save', 'file.saveAll'],
      ['file.closeEditor', 'file.closePlugin'],
    ],
  },
  {
    title: 'Edit',
    groups: [
      ['edit.undo', 'edit.redo'],
      ['edit.find', 'edit.replace'],
      ['edit.goToLine', 'edit.goToSymbol'],
      ['edit.quickFix', 'edit.rename', 'edit.format', 'edit.comment'],
    ],
  },
  {
    title: 'View',
    groups: [
      ['view.commandPalette'],
      ['view.explorer', 'view.run', 'view.request', 'view.response', 'view.methods', 'view.run-log'],
      [
        'view.events',
        'view.problems',
        'view.tests',
        'view.permissions',
        'view.plugins',
        'view.plugin-log',
        'view.configuration',
      ],
      ['view.toggleSideBar', 'view.toggleBottom', 'view.toggleRight'],
      ['view.themeSystem', 'view.themeDark', 'view.themeLight'],
      ['view.resetLayout'],
    ],
  },
  {
    title: 'Run',
    groups: [
      ['run.start', 'run.stop'],
      ['run.nextFinding', 'run.previousFinding'],
      ['tests.run', 'tests.runFailed', 'tests.stop'],
      ['plugin.start', 'plugin.stop', 'plugin.restart', 'plugin.reload', 'logs.ofPlugin'],
      ['samples.chooseFile', 'samples.chooseFolder', 'samples.paste'],
    ],
  },
  { title: 'Help', groups: [['help.allCommands', 'help.keys'], ['help.about']] },
];
