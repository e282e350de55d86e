// The few words that the loader says itself. The panel brings its own.

/** `[language, title, unread, dismiss]` for each. */
const WORDS = [
  ["en", "Help chat", "unread", "Dismiss"],
  ["tr", "Yardım sohbeti", "okunmamış", "Kapat"],
  ["es", "Chat de ayuda", "sin leer", "Descartar"],
  ["ko", "도움말 채팅", "읽지 않음", "닫기"],
  ["id", "Obrolan bantuan", "belum dibaca", "Tutup"],
];

/** The words of a language, in English where we have no others. */
export const wordsFor = (language) => WORDS.find((words) => words[0] === language) || WORDS[0];
