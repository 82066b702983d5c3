import { useDeferredValue, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import type { DiagramModel } from '../../../src/core/diagram/model.ts';
import { t } from '../../l10n.ts';
import { search } from '../../state/search.ts';
import type { SearchHit } from '../../state/search.ts';
import { Icon } from '../../ui/icons.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { TextFieldHandle } from '../../ui/TextField.tsx';
import './Search.css';

export interface SearchProps {
  readonly model: DiagramModel | null;
  readonly handle: Ref<TextFieldHandle>;
  readonly onJump: (hit: SearchHit) => void;
  /** Escape in an empty field: back to the diagram. */
  readonly onLeave: () => void;
}

/** Enter takes the first hit; the down arrow goes into the list, where arrows, Home and End move and Enter takes. */
export function Search({ model, handle, onJump, onLeave }: SearchProps) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const field = useRef<TextFieldHandle>(null);
  const list = useRef<HTMLUListElement>(null);
  const root = useRef<HTMLDivElement>(null);
  useImperativeHandle(handle, () => ({ focus: () => field.current?.focus() }));

  const query = useDeferredValue(text);
  const { hits, total } = useMemo(
    () => (model === null ? { hits: [], total: 0 } : search(model, query)),
    [model, query],
  );

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
    };
  }, [open]);

  /** The list still answers what was typed before: its entries are about to be replaced, and with them the focus. */
  const entering = useRef(false);
  useEffect(() => {
    if (!entering.current || query !== text) return;
    entering.current = false;
    list.current?.querySelector('button')?.focus();
  }, [query, text]);

  const entries = () => [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];
  const take = (hit: SearchHit | undefined) => {
    if (hit === undefined) return;
    setOpen(false);
    onJump(hit);
  };
  const escape = () => {
    if (text === '') onLeave();
    else {
      setText('');
      setOpen(false);
      field.current?.focus();
    }
  };

  const fieldKey = (event: KeyboardEvent) => {
    entering.current = event.key === 'ArrowDown' && query !== text;
    if (entering.current) {
      // The effect goes into the list.
    } else if (event.key === 'ArrowDown') entries()[0]?.focus();
    // Not the deferred hits: Enter right after the last letter must find what was typed.
    else if (event.key === 'Enter' && model !== null) take(search(model, text, 1).hits[0]);
    else if (event.key === 'Escape') escape();
    else return;
    event.preventDefault();
  };
  const listKey = (event: KeyboardEvent) => {
    const all = entries();
    const at = all.findIndex((entry) => entry === document.activeElement);
    if (event.key === 'ArrowDown') all[Math.min(all.length - 1, at + 1)]?.focus();
    else if (event.key === 'ArrowUp') {
      if (at <= 0) field.current?.focus();
      else all[at - 1]?.focus();
    } else if (event.key === 'Home') all[0]?.focus();
    else if (event.key === 'End') all.at(-1)?.focus();
    else if (event.key === 'Escape') escape();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const shown = open && query.trim() !== '';
  return (
    <div className="search" role="search" ref={root}>
      <TextField
        handle={field}
        label={t('Search tables, columns and values')}
        placeholder={t('Search tables, columns and values')}
        value={text}
        start={<Icon name="search" />}
        onInput={(value) => {
          setText(value);
          setOpen(true);
        }}
        onFocus={() => {
          setOpen(true);
        }}
        onKeyDown={fieldKey}
      />
      <span className="visually-hidden" role="status">
        {shown ? (total === 0 ? t('Nothing found') : t('{0} found', total)) : ''}
      </span>
      {shown ? (
        <div className="search-popup">
          {hits.length === 0 ? (
            <p>{t('No table, column or value is called “{0}”.', query.trim())}</p>
          ) : (
            <ul ref={list} onKeyDown={listKey} aria-label={t('Search results')}>
              {hits.map((hit) => (
                <li key={`${hit.table}\n${hit.column ?? ''}`}>
                  <button type="button" tabIndex={-1} onClick={() => take(hit)}>
                    {hit.column === null ? (
                      <Icon name="table" />
                    ) : (
                      <span className="search-column" aria-hidden="true" />
                    )}
                    <span className="search-label">
                      <Marked hit={hit} />
                    </span>
                    <span className="search-description">{hit.description}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          {total > hits.length ? <p>{t('{0} more: type on to narrow the search.', total - hits.length)}</p> : null}
        </div>
      ) : null}
    </div>
  );
}

function Marked({ hit }: { readonly hit: SearchHit }) {
  if (hit.match === null) return hit.label;
  const [start, end] = hit.match;
  return (
    <>
      {hit.label.slice(0, start)}
      <b>{hit.label.slice(start, end)}</b>
      {hit.label.slice(end)}
    </>
  );
}
