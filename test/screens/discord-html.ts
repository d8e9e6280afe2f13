/** Discord's messages and modals as its client shows them, near enough to look at. Must not know: the desk. */
type Json = Readonly<Record<string, unknown>>;

function markdown(text: string): string {
  const line = (one: string): string =>
    one
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(/\\([\\*_~`|&[\]:#+.-])/g, (_, mark: string) => `&#${mark.charCodeAt(0)};`)
      .replaceAll(/\*\*(.+?)\*\*/g, '<b>$1</b>')
      .replaceAll(/\[([^\]]+)\]\((?:[^)]+)\)/g, '<a>$1</a>')
      .replaceAll(/&lt;[@#]!?(\d+)&gt;/g, '<a>@$1</a>')
      .replaceAll(/&lt;t:(\d+)(?::\w)?&gt;/g, (_, seconds: string) =>
        new Date(Number(seconds) * 1000).toUTCString().slice(0, 22),
      )
      .replaceAll(/`([^`]+)`/g, '<code>$1</code>');
  const parts = text.split('```');
  return parts
    .map((part, at) =>
      at % 2 === 1
        ? `<pre>${part.replace(/^\n/, '').replaceAll('<', '&lt;')}</pre>`
        : part
            .split('\n')
            .map((one) =>
              one.startsWith('-# ')
                ? `<div class="small">${line(one.slice(3))}</div>`
                : /^#{1,3} /.test(one)
                  ? `<div class="h${one.indexOf(' ')}">${line(one.replace(/^#+ /, ''))}</div>`
                  : one.startsWith('&gt; ') || one.startsWith('> ')
                    ? `<div class="quote">${line(one.replace(/^(?:&gt;|>) /, ''))}</div>`
                    : `<div>${line(one) || '&nbsp;'}</div>`,
            )
            .join(''),
    )
    .join('');
}

function component(value: unknown): string {
  const it = value as Json;
  const inner = (it.components as unknown[]) ?? [];
  switch (it.type) {
    case 1:
      return `<div class="row">${inner.map(component).join('')}</div>`;
    case 2:
      return `<span class="btn s${it.style}">${it.label}</span>`;
    case 3:
    case 5:
      return `<span class="select">${it.placeholder ?? 'Make a selection'} ⌄</span>`;
    case 4:
      return `<span class="input">${it.value ?? '&nbsp;'}</span>`;
    case 9:
      return `<div class="section"><div class="words">${inner.map(component).join('')}</div><div>${component(it.accessory)}</div></div>`;
    case 10:
      return `<div class="text">${markdown(String(it.content))}</div>`;
    case 14:
      return it.divider === false ? '<div class="gap"></div>' : '<hr>';
    case 17:
      return `<div class="box" style="border-left-color:#${Number(it.accent_color ?? 0)
        .toString(16)
        .padStart(6, '0')}">${inner.map(component).join('')}</div>`;
    case 18:
      return `<div class="label"><b>${it.label}</b>${it.description ? `<div class="small">${it.description}</div>` : ''}${component(it.component)}</div>`;
    case 21:
    case 22:
      return ((it.options as Json[]) ?? []).map((one) => `<div>○ ${one.label}</div>`).join('');
    default:
      return `[component ${it.type}]`;
  }
}

export const DISCORD_CSS = `
body{font:16px/22px 'gg sans','Liberation Sans',sans-serif;color:#dbdee1;background:#313338;margin:0}
.msg{display:flex;padding:8px 12px}.face{width:40px;height:40px;border-radius:50%;background:#5865f2;color:#fff;text-align:center;line-height:40px;font-weight:700;flex:none;margin-right:12px}
.body{flex:1;min-width:0;max-width:640px}.who small{color:#949ba4;font-size:12px}
.box{background:#2b2d31;border:1px solid #3f4147;border-left:4px solid #5b6b7c;border-radius:8px;padding:12px;margin-top:4px;max-width:600px;overflow-wrap:anywhere}
.small{font-size:13px;line-height:18px;color:#949ba4}.h1{font-size:24px;line-height:30px;font-weight:700}.h2{font-size:20px;line-height:26px;font-weight:700}.h3{font-size:16px;line-height:22px;font-weight:700}.text{margin:2px 0}
.section{display:flex;align-items:flex-start;gap:8px;margin:2px 0}.words{flex:1;min-width:0}.row{display:flex;flex-wrap:wrap;gap:8px;margin:6px 0}.gap{height:8px}
.btn{display:inline-block;border-radius:6px;background:#4e5058;color:#fff;padding:0 12px;line-height:32px;font-size:14px;white-space:nowrap}.s1{background:#5865f2}.s4{background:#da373c}.s3{background:#248046}
.select,.input{display:block;background:#1e1f22;border-radius:6px;padding:8px 10px;color:#949ba4;flex:1}hr{border:0;border-top:1px solid #3f4147;margin:8px 0}
a{color:#00a8fc}pre{background:#1e1f22;border-radius:4px;padding:8px;font-size:13px;line-height:17px;white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0}.quote{border-left:4px solid #4e5058;padding-left:10px}
.title{font-weight:700}.view{background:#313338;padding:16px;max-width:480px}.label{margin:0 0 14px}code{background:#1e1f22;font-size:13px}`;

export function discordMessage(body: Json): string {
  const embeds = ((body.embeds as Json[]) ?? []).map(
    (embed) =>
      `<div class="box" style="border-left-color:#${Number(embed.color ?? 0)
        .toString(16)
        .padStart(
          6,
          '0',
        )}"><div class="title">${markdown(String(embed.title ?? ''))}</div>${markdown(String(embed.description ?? ''))}<div class="small">${(embed.footer as Json | undefined)?.text ?? ''}</div></div>`,
  );
  const words = body.content ? `<div>${markdown(String(body.content))}</div>` : '';
  return `<div class="msg"><div class="face">O</div><div class="body"><div class="who"><b>Ombud</b> <small>APP 10:00</small></div>${words}${embeds.join('')}${((body.components as unknown[]) ?? []).map(component).join('')}</div></div>`;
}

export const discordModal = (modal: Json): string =>
  `<div class="view"><div class="h2">${modal.title}</div><br>${(modal.components as unknown[]).map(component).join('')}<span class="btn s1">Submit</span></div>`;
