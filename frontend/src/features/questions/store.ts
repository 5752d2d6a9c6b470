import { useEffect, useSyncExternalStore } from "react";
import { type Answer, questions } from "@/lib/backend/client";
import { onEvent, type Question } from "@/lib/backend/events";
import { createStore } from "@/lib/store";

/** What something that runs waits to be told, the oldest first. */
export const openQuestions = createStore<readonly Question[]>([]);

const drop = (id: string) => openQuestions.set((all) => all.filter((question) => question.id !== id));

/** The questions that are open; listens for new ones, and for those that nobody waits for any more. */
export function useQuestions(): readonly Question[] {
  useEffect(() => {
    const stops = [
      onEvent("ask", (question) => openQuestions.set((all) => [...all, question])),
      onEvent("ask:over", drop),
    ];
    return () => {
      for (const stop of stops) {
        stop();
      }
    };
  }, []);
  return useSyncExternalStore(openQuestions.subscribe, openQuestions.get);
}

/** An answer that comes too late changes nothing: what asked has ended, and says so itself. */
export function answerQuestion({ id }: Question, answer: Answer) {
  drop(id);
  questions.answer(id, answer).catch(() => {});
}

/** The answer of somebody who would rather not. */
export const declined: Answer = { trust: "", values: [] };
