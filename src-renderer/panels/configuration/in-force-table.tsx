/** What is in force, value by value, and which layer each comes from. */
import { Table } from '@mantine/core';
import type { ConfigState } from '@shared/contracts';
import classes from './configuration-panel.module.css';
import { inForce } from './model';

const shownValue = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

export function InForceTable({ state }: { readonly state: ConfigState }) {
  return (
    <section aria-label="In force" className={classes.inForce}>
      <h3>In force</h3>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Value</Table.Th>
            <Table.Th>From</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {inForce(state).map(({ name, value, layer }) => (
            <Table.Tr key={name}>
              <Table.Td className={classes.mono}>{name}</Table.Td>
              <Table.Td className={classes.value} title={shownValue(value)}>
                {shownValue(value)}
              </Table.Td>
              <Table.Td className={classes.dim}>{layer}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
