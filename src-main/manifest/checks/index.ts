/** Every check of plugin.json. A new one is a file here, a line here, and its cases in its test. */
import type { ContentCheck, TextCheck } from '../check';
import { breaksSchema } from './breaks-schema';
import { byteOrderMark } from './byte-order-mark';
import { configSchema } from './config-schema';
import { defaultConfig } from './default-config';
import { duplicateEntry } from './duplicate-entry';
import { duplicateKey } from './duplicate-key';
import { email } from './email';
import { entryPointForm } from './entry-point-form';
import { entryPointMissing } from './entry-point-missing';
import { entryPointOutside } from './entry-point-outside';
import { flagWithoutPermission } from './flag-without-permission';
import { license } from './license';
import { missingField } from './missing-field';
import { name } from './name';
import { noClass } from './no-class';
import { noPluginClass } from './no-plugin-class';
import { notAllowed } from './not-allowed';
import { notAnObject } from './not-an-object';
import { notJson } from './not-json';
import { outOfRange } from './out-of-range';
import { permissionWithoutFlag } from './permission-without-flag';
import { pythonVersion } from './python-version';
import { sdkVersion } from './sdk-version';
import { tooDeep } from './too-deep';
import { unknownField } from './unknown-field';
import { unknownPermission } from './unknown-permission';
import { unsureClass } from './unsure-class';
import { version } from './version';
import { webAddress } from './web-address';
import { wrongType } from './wrong-type';

export const TEXT_CHECKS: readonly TextCheck[] = [byteOrderMark, tooDeep, notJson, notAnObject, duplicateKey];

export const CONTENT_CHECKS: readonly ContentCheck[] = [
  ...[missingField, wrongType, notAllowed, outOfRange, breaksSchema],
  ...[name, version, sdkVersion, pythonVersion, license, email, webAddress],
  ...[entryPointForm, entryPointOutside, entryPointMissing, noClass, noPluginClass, unsureClass],
  ...[configSchema, defaultConfig],
  ...[unknownPermission, permissionWithoutFlag, flagWithoutPermission, duplicateEntry, unknownField],
];
