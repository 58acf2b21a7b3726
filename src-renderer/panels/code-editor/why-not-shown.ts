/** Why a file has no text to edit, in the words of somebody who wanted to see it, and what can be done instead. */
import { isStudioError, messageOf } from '@shared/errors';
import { formatBytes } from '../../ui/figures';

export interface WhyNotShown {
  readonly icon: string;
  readonly title: string;
  readonly message: string;
  /** Trying again can only help where what is wrong may pass. */
  readonly mayPass: boolean;
}

export function whyNotShown(name: string, error: unknown): WhyNotShown {
  if (isStudioError(error, 'workspace/too-large')) {
    const { size } = error.data;
    const large = typeof size === 'number' ? ` It has ${formatBytes(size)}; texts of up to 5 MB open here.` : '';
    return {
      icon: 'file',
      title: `${name} is too large to edit`,
      message: `The file itself is untouched.${large} Copy its path to open it in another program.`,
      mayPass: false,
    };
  }
  if (isStudioError(error, 'workspace/not-text')) {
    return {
      icon: 'file-binary',
      title: `${name} is not a text`,
      message:
        'It holds bytes that no text in UTF-8 has, such as an image or a program. Copy its path to open it in another one.',
      mayPass: false,
    };
  }
  if (isStudioError(error, 'workspace/not-found')) {
    return {
      icon: 'warning',
      title: `${name} is not there any more`,
      message: 'It was deleted or renamed on disk.',
      mayPass: true,
    };
  }
  return { icon: 'error', title: `${name} cannot be opened`, message: messageOf(error), mayPass: true };
}
