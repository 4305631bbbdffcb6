import { absolute, clock } from './time-words';

const TIME = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/;

/** A sentence of the API, with the times in it as people read them, in the reader's own time zone. */
export function TextWithTimes({ text }: { readonly text: string }) {
  return text.split(TIME).map((part, index) =>
    index % 2 === 1 ? (
      <time key={index} dateTime={part} title={absolute(part)}>
        {clock(part)}
      </time>
    ) : (
      part
    ),
  );
}
