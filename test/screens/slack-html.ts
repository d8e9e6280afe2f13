/** Block Kit as Slack's client shows it, near enough to look at. Must not know: the desk. */
type Json = Readonly<Record<string, unknown>>;

export const escaped = (text: string): string =>
  text
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

function mrkdwn(text: string): string {
  return text
    .replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll(/<(https?:[^|>]*)\|([^>]*)>/g, '\u0001$2\u0002')
    .replaceAll(/<@(\w+)>/g, '\u0003@$1\u0002')
    .replaceAll(/<(?!\/?[bicas])/g, '&lt;')
    .replaceAll(/(?<![\w*])\*([^*\n]+)\*/g, '<b>$1</b>')
    .replaceAll(/(?<![\w_])_([^_\n]+)_(?!\w)/g, '<i>$1</i>')
    .replaceAll(/```([\s\S]*?)```/g, '<pre>$1</pre>')
    .replaceAll(/`([^`\n]+)`/g, '<code>$1</code>')
    .replaceAll('\u0001', '<a>')
    .replaceAll('\u0003', '<a class=at>')
    .replaceAll('\u0002', '</a>')
    .replaceAll('\n', '<br>');
}

function textOf(value: unknown): string {
  const { type, text } = value as { type: string; text: string };
  return type === 'mrkdwn' ? mrkdwn(text) : escaped(text).replaceAll('\n', '<br>');
}

function element(value: unknown): string {
  const it = value as Json;
  switch (it.type) {
    case 'button':
      return `<span class="btn ${it.style ?? ''}">${textOf(it.text)}</span>`;
    case 'overflow':
      return '<span class="btn">⋯</span>';
    case 'static_select':
    case 'multi_static_select':
    case 'external_select':
    case 'multi_external_select':
    case 'users_select': {
      const initial = it.initial_option as { text: unknown } | undefined;
      const shown = initial ? textOf(initial.text) : it.placeholder ? textOf(it.placeholder) : 'Select';
      return `<span class="select">${shown} ▾</span>`;
    }
    case 'datepicker':
    case 'datetimepicker':
      return `<span class="select">📅 ${it.initial_date ?? (it.placeholder ? textOf(it.placeholder) : 'Select')}</span>`;
    case 'checkboxes':
    case 'radio_buttons':
      return (it.options as { text: unknown }[]).map((one) => `<div>☐ ${textOf(one.text)}</div>`).join('');
    case 'plain_text_input':
      return `<span class="input">${escaped(String(it.initial_value ?? ''))}&nbsp;</span>`;
    default:
      return it.text === undefined ? `[${it.type}]` : `<span>${textOf(it)}</span>`;
  }
}

function rich(value: unknown): string {
  const it = value as Json;
  if (typeof it.text === 'string') {
    const style = it.style as Json | undefined;
    const words = it.type === 'link' ? `<a>${escaped(it.text)}</a>` : escaped(it.text);
    return style?.bold ? `<b>${words}</b>` : words;
  }
  const inner = ((it.elements as unknown[]) ?? []).map(rich).join('');
  return it.type === 'rich_text_preformatted' ? `<pre>${inner}</pre>` : inner;
}

function block(value: unknown): string {
  const it = value as Json;
  switch (it.type) {
    case 'header':
      return `<div class="header">${textOf(it.text)}</div>`;
    case 'section': {
      const words = it.text === undefined ? '' : `<div>${textOf(it.text)}</div>`;
      const fields = ((it.fields as unknown[]) ?? []).map((each) => `<div>${textOf(each)}</div>`).join('');
      const side = it.accessory === undefined ? '' : `<div class="side">${element(it.accessory)}</div>`;
      return `<div class="section"><div class="words">${words}${fields && `<div class="fields">${fields}</div>`}</div>${side}</div>`;
    }
    case 'context':
      return `<div class="context">${(it.elements as unknown[]).map(element).join(' ')}</div>`;
    case 'divider':
      return '<hr>';
    case 'actions':
      return `<div class="actions">${(it.elements as unknown[]).map(element).join('')}</div>`;
    case 'input':
      return `<div class="inputblock"><b>${textOf(it.label)}</b>${it.optional ? ' <small>(optional)</small>' : ''}<div>${element(it.element)}</div>${it.hint ? `<small>${textOf(it.hint)}</small>` : ''}</div>`;
    case 'table':
      return `<div class="tablewrap"><table>${(it.rows as unknown[][]).map((row) => `<tr>${row.map((cell) => `<td>${rich(cell)}</td>`).join('')}</tr>`).join('')}</table></div>`;
    case 'rich_text':
      return `<div>${rich(it)}</div>`;
    default:
      return `<div>[${it.type}]</div>`;
  }
}

export const SLACK_CSS = `
body{font:15px/22px Lato,'Liberation Sans',sans-serif;color:#1d1c1d;background:#fff;margin:0}
.msg{display:flex;padding:8px 12px}.face{width:36px;height:36px;border-radius:4px;background:#1264a3;color:#fff;text-align:center;line-height:36px;font-weight:900;flex:none;margin-right:8px}
.body{flex:1;min-width:0;max-width:680px}.who b{font-weight:900}.who small{color:#616061;font-size:12px}
.header{font-weight:900;font-size:18px;line-height:24px;margin:4px 0}.section{display:flex;margin:4px 0 8px;align-items:flex-start}.words{flex:1;min-width:0;overflow-wrap:anywhere}.side{margin-left:8px}
.fields{display:grid;grid-template-columns:1fr 1fr;gap:4px 12px}.context{font-size:13px;line-height:18px;color:#616061;margin:4px 0}.actions{display:flex;flex-wrap:wrap;gap:8px;margin:4px 0 8px}
.btn{display:inline-block;border:1px solid #bbb;border-radius:8px;padding:0 12px;font-weight:700;line-height:30px;font-size:14px;background:#fff;white-space:nowrap}.btn.primary{background:#007a5a;border-color:#007a5a;color:#fff}.btn.danger{border-color:#e01e5a;color:#e01e5a}
.select,.input{display:block;border:1px solid #bbb;border-radius:6px;padding:4px 10px;color:#616061}.actions .select{display:inline-block}
a{color:#1264a3}.at{background:#e8f5fa}pre{font-size:12px;line-height:16px;background:#f8f8f8;border:1px solid #ddd;padding:6px;white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0}
code{color:#c01343;font-size:12px;background:#f8f8f8}hr{border:0;border-top:1px solid #ddd}table{border-collapse:collapse;font-size:14px}td{border:1px solid #ddd;padding:4px 8px;vertical-align:top}tr:first-child td{font-weight:700}.tablewrap{overflow-x:auto}
.view{padding:16px;max-width:520px}.view h1{font-size:20px;line-height:26px}.inputblock{margin:0 0 14px}.inputblock small{color:#616061;font-size:12px;line-height:16px;display:block}`;

export const slackMessage = (blocks: readonly unknown[]): string =>
  `<div class="msg"><div class="face">O</div><div class="body"><div class="who"><b>Ombud</b> <small>APP 10:00</small></div>${blocks.map(block).join('')}</div></div>`;

export function slackView(view: Json): string {
  const title = view.title === undefined ? '' : `<h1>${textOf(view.title)}</h1>`;
  const submit = view.submit === undefined ? '' : `<span class="btn primary">${textOf(view.submit)}</span>`;
  return `<div class="view">${title}${(view.blocks as unknown[]).map(block).join('')}${submit}</div>`;
}
