/** Keeps a panel that failed from taking the window with it. What it was doing is gone; the panel can be made anew. */
import { Button } from '@mantine/core';
import { messageOf } from '@shared/errors';
import { Component, type ReactNode } from 'react';
import { EmptyState } from '../ui/empty-state';

interface PanelBoundaryProps {
  readonly title: string;
  readonly children: ReactNode;
}

interface PanelBoundaryState {
  readonly failure: { readonly error: unknown } | undefined;
}

export class PanelBoundary extends Component<PanelBoundaryProps, PanelBoundaryState> {
  override state: PanelBoundaryState = { failure: undefined };

  static getDerivedStateFromError(error: unknown): PanelBoundaryState {
    return { failure: { error } };
  }

  override render() {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    return (
      <EmptyState
        icon="error"
        title={`${this.props.title} has failed`}
        actions={<Button onClick={() => this.setState({ failure: undefined })}>Reload panel</Button>}
      >
        {messageOf(failure.error)}
      </EmptyState>
    );
  }
}
