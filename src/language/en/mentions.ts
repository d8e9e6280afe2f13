/** What is said of commands given by naming the desk in a message, in English. Must not know: any platform. */

/** By the name its manifest gives it. */
const NAME = '@Ombud';

/** `/privacy assign` becomes `@Ombud privacy assign`, wherever a command begins. */
export const slashAsMention = (text: string): string =>
  text.replaceAll(/(?<![\w/])\/(privacy|disclosure|desk)(?= [a-z]|$)/g, `${NAME} $1`);

/** To whoever typed something that names a customer where others read it. */
export const STANDS_IN_PUBLIC =
  'Your own message stays where you wrote it, for everybody there: delete it if it names a customer. A slash command is seen by you alone.';
