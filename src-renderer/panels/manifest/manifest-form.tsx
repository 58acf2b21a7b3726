/** The sections one below the other, with a list of them at the left that says where something is wrong. */
import { Button } from '@mantine/core';
import { type UIEvent, useRef, useState } from 'react';
import { Icon } from '../../ui/icon';
import classes from './manifest-form.module.css';
import { useManifestForm } from './manifest-form-context';
import { problemsAt, sectionAt } from './model';
import { SECTIONS, type Section } from './sections';

export function ManifestFormView() {
  const { broken, wasWhole, isJsonShown, showInJson } = useManifestForm();
  const [current, setCurrent] = useState(SECTIONS[0]!.id);
  const elements = useRef(new Map<string, HTMLElement>());
  const asked = useRef(false);

  const show = (id: string) => {
    setCurrent(id);
    asked.current = true;
    elements.current.get(id)?.scrollIntoView({ block: 'start' });
  };

  const follow = ({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: UIEvent<HTMLElement>) => {
    // The last sections cannot come to the top: the one that was asked for stays the one that is shown.
    if (asked.current) {
      asked.current = false;
      return;
    }
    const tops = SECTIONS.map(({ id }) => ({ id, top: elements.current.get(id)?.offsetTop ?? 0 }));
    setCurrent(sectionAt(tops, scrollTop, scrollHeight - clientHeight));
  };

  return (
    <div className={classes.layout}>
      <div className={classes.columns}>
        <nav className={classes.nav} aria-label="Sections">
          {SECTIONS.map((section) => (
            <button
              key={section.id}
              type="button"
              className={classes.navItem}
              aria-current={section.id === current}
              onClick={() => show(section.id)}
            >
              {section.title}
              <ProblemCount section={section} />
            </button>
          ))}
        </nav>
        <div className={classes.sections} data-first-focus onScroll={follow}>
          {SECTIONS.map(({ id, title, intro, component: Component }) => (
            <section
              key={id}
              aria-label={title}
              className={classes.section}
              onFocus={() => setCurrent(id)}
              ref={(element) => {
                if (element !== null) elements.current.set(id, element);
              }}
            >
              <h2>{title}</h2>
              <p className={classes.dim}>{intro}</p>
              <Component />
            </section>
          ))}
        </div>
        {broken && (
          <div role="alert" className={classes.broken}>
            <Icon name="error" />
            <span className={classes.why}>
              {wasWhole
                ? 'The JSON does not parse at present. The form shows what it held last.'
                : 'The JSON does not parse, so the form has nothing to show. Mend the JSON, and the fields are filled.'}
            </span>
            {!isJsonShown && <Button onClick={() => showInJson('')}>Show the JSON</Button>}
          </div>
        )}
      </div>
    </div>
  );
}

function ProblemCount({ section }: { readonly section: Section }) {
  const { diagnostics } = useManifestForm();
  const problems = section.pointers.flatMap((pointer) => problemsAt(diagnostics, pointer));
  if (problems.length === 0) return null;
  const severity = problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning';
  return (
    <span
      className={classes.count}
      data-severity={severity}
      title={`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`}
    >
      {problems.length}
    </span>
  );
}
