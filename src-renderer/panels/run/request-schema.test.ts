import { expect, it } from 'vitest';
import { formSchema, REQUEST_SCHEMAS } from './request-schema';

const fieldsOf = (type: keyof typeof REQUEST_SCHEMAS, choices = {}, value = {}) =>
  formSchema(REQUEST_SCHEMAS[type], choices, value).properties as Record<string, Record<string, unknown>>;

it('a form shows what a person chooses, and leaves out what the studio fills in and what is free in form', () => {
  const fields = fieldsOf('scanner');
  expect(Object.keys(fields)).toEqual(expect.arrayContaining(['scan_type', 'target', 'scan_profile', 'max_depth']));
  for (const name of ['request_id', 'timestamp', 'timeout', 'options', 'credentials', 'headers']) {
    expect(fields).not.toHaveProperty(name);
  }
  expect(Object.keys(fieldsOf('processor'))).toEqual(['delivery']);
});

it('an optional value is shown as itself', () => {
  expect(fieldsOf('scanner').max_depth).toMatchObject({ type: 'integer', title: 'Max depth' });
});

it('what the plugin supports is offered, with what is chosen already', () => {
  const { scan_profile, channels } = {
    ...fieldsOf('scanner', { scan_profile: ['default', 'deep'] }, { scan_profile: 'mine' }),
    ...fieldsOf('notifier', { channels: ['slack'] }, { channels: ['email'] }),
  };
  expect(scan_profile).toMatchObject({ enum: ['default', 'deep', 'mine'] });
  expect(channels).toMatchObject({ uniqueItems: true, items: { enum: ['slack', 'email'] } });
});
