/** What every part of the form needs: the document as it is now, what is wrong with it, and the way to change it. */
import type { Diagnostic, EntryPoint, Fix } from '@shared/contracts';
import type { JSONPath } from 'jsonc-parser';
import { createContext, useContext } from 'react';
import type { OffsetEdit } from '../../editor/minimal-edit';
import type { ManifestDocument } from './model';

export interface ManifestForm {
  readonly text: string;
  readonly document: ManifestDocument;
  readonly diagnostics: readonly Diagnostic[];
  readonly entry: EntryPoint | undefined;
  /** The text does not parse at present: fields show the last good document and cannot be changed. */
  readonly broken: boolean;
  /** It has parsed before; else the fields have nothing to show. */
  readonly wasWhole: boolean;
  readonly isJsonShown: boolean;
  set(path: JSONPath, value: unknown): void;
  edit(edit: OffsetEdit | undefined): void;
  applyFix(fix: Fix): void;
  /** What follows is a step of undo of its own. */
  endStep(): void;
  showInJson(pointer: string): void;
  openEntry(): void;
}

const FormContext = createContext<ManifestForm | undefined>(undefined);

export const ManifestFormProvider = FormContext;

export function useManifestForm(): ManifestForm {
  const form = useContext(FormContext);
  if (form === undefined) throw new Error('A manifest field is outside its form.');
  return form;
}
