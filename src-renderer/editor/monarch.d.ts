declare module 'monaco-editor/languages/definitions/typescript/typescript' {
  export const conf: import('monaco-editor').languages.LanguageConfiguration;
  export const language: import('monaco-editor').languages.IMonarchLanguage;
}

declare module 'monaco-editor/languages/definitions/javascript/javascript' {
  export const conf: import('monaco-editor').languages.LanguageConfiguration;
  export const language: import('monaco-editor').languages.IMonarchLanguage;
}
