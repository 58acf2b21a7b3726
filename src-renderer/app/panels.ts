/** Every tool of the window, once: what it is called, where it belongs and what draws it. */
import type { ComponentType } from 'react';
import { EventsPanel } from '../panels/events';
import { LogsPanel } from '../panels/logs';
import { PermissionsPanel } from '../panels/permissions';
import { PluginsPanel } from '../panels/plugins';
import { ProblemCount, ProblemsPanel } from '../panels/problems';
import { MethodsPanel, RequestPanel, ResponsePanel, RunLogPanel, RunPanel } from '../panels/run';
import { FailedCount, TestsPanel } from '../panels/tests';
import type { PanelId } from '../stores/workbench';
import type { Place } from './dock-places';

/** Tools stand on the right or at the bottom; there is one of each. */
export interface ToolPanel {
  readonly id: PanelId;
  readonly title: string;
  readonly icon: string;
  /** Its tab has the title alone: of those beside it each icon would take the room of a tab. */
  readonly plainTab?: true;
  readonly place: Exclude<Place, 'center'>;
  readonly component: ComponentType;
  /** Beside the title, such as a count. */
  readonly badge?: ComponentType;
}

export const TOOLS: readonly ToolPanel[] = [
  { id: 'run', title: 'Run', icon: 'play', place: 'right', component: RunPanel },
  { id: 'request', title: 'Request', icon: 'arrow-right', plainTab: true, place: 'right', component: RequestPanel },
  { id: 'response', title: 'Response', icon: 'json', plainTab: true, place: 'right', component: ResponsePanel },
  { id: 'run-log', title: 'Run log', icon: 'list-unordered', plainTab: true, place: 'right', component: RunLogPanel },
  { id: 'methods', title: 'Methods', icon: 'symbol-method', plainTab: true, place: 'right', component: MethodsPanel },
  { id: 'events', title: 'Events', icon: 'pulse', place: 'bottom', component: EventsPanel },
  {
    id: 'problems',
    title: 'Problems',
    icon: 'warning',
    plainTab: true,
    place: 'bottom',
    component: ProblemsPanel,
    badge: ProblemCount,
  },
  { id: 'tests', title: 'Tests', icon: 'checklist', place: 'bottom', component: TestsPanel, badge: FailedCount },
  { id: 'permissions', title: 'Permissions', icon: 'shield', place: 'bottom', component: PermissionsPanel },
  { id: 'plugins', title: 'Plugins', icon: 'server-process', place: 'bottom', component: PluginsPanel },
  { id: 'plugin-log', title: 'Logs', icon: 'output', place: 'bottom', component: LogsPanel },
];

export const toolById: ReadonlyMap<string, ToolPanel> = new Map(TOOLS.map((tool) => [tool.id, tool]));
