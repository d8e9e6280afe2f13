/**
 * Buttons as Slack has them, and back: what a press carries is the saved invocation and the fields to ask for. Must not know:
 * cards, what a button does.
 */
import type { types } from '@slack/bolt';
import type { Action } from '../../chat/card.js';
import { ACTIONS, BUTTON_TEXT, BUTTON_VALUE, OPTION_TEXT, OPTION_VALUE, OVERFLOW } from './limits.js';
import { plain } from './text.js';

/** What a press means, at the head of its action_id: run it, ask for fields first, a menu of both, or open a whole form. */
export const RUN = 'run';
export const ASK = 'ask';
export const MENU = 'menu';
export const FORM = 'form';

/** Buttons that stand side by side before the rest is in a menu. */
const MAIN = 4;
const BESIDE_MENU = 3;
const MORE = 'More…';

/** The first buttons, and a menu of the others: a telephone shows three in a row. */
export function buttonRow(actions: readonly Action[]): types.ActionsBlock {
  const inMenu = actions.length <= MAIN ? [] : actions.slice(BESIDE_MENU).filter(fitsMenu).slice(0, ACTIONS);
  const beside = actions.filter((action) => !inMenu.includes(action)).slice(0, ACTIONS - 1);
  return {
    type: 'actions',
    elements: [...beside.map((action, index) => button(action, String(index))), ...menuOf(inMenu)],
  };
}

const fitsMenu = (action: Action): boolean => carried(action).length <= OPTION_VALUE;

function menuOf(actions: readonly Action[]): (types.Overflow | types.StaticSelect)[] {
  if (actions.length === 0) return [];
  const options = actions.map((action) => ({
    text: plain(action.label, OPTION_TEXT),
    value: carried(action),
  }));
  if (options.length <= OVERFLOW) return [{ type: 'overflow', action_id: MENU, options }];
  return [{ type: 'static_select', action_id: MENU, placeholder: plain(MORE, OPTION_TEXT), options }];
}

/** The value is the saved invocation; a button that asks first carries the fields' names on a second line. */
export function button(action: Action, name: string): types.Button {
  const { label, style, asks } = action;
  return {
    type: 'button',
    text: plain(label, BUTTON_TEXT),
    action_id: `${asks.length === 0 ? RUN : ASK}:${name}`,
    value: valueWithin(carried(action)),
    ...(style === 'plain' ? {} : { style }),
  };
}

const carried = ({ code, asks }: Action): string => (asks.length === 0 ? code : `${code}\n${asks.join(',')}`);

/** The saved invocation and the fields to ask for, back from a button's value. */
export function pressOf(value: string): { readonly code: string; readonly asks: readonly string[] } {
  const [code = '', asks = ''] = value.split('\n');
  return { code, asks: asks.split(',').filter((name) => name !== '') };
}

/** Throws: a button cut short would mean something else, so it is refused here and not by Slack. */
function valueWithin(value: string): string {
  if (value.length > BUTTON_VALUE)
    throw new Error(`a button's value has more than ${BUTTON_VALUE} characters`);
  return value;
}
