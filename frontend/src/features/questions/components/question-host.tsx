import { HostKeyQuestion } from "@/features/questions/components/host-key-question";
import { PromptsQuestion } from "@/features/questions/components/prompts-question";
import { SecretQuestion } from "@/features/questions/components/secret-question";
import { answerQuestion, useQuestions } from "@/features/questions/store";
import type { Answer } from "@/lib/backend/client";
import type { Question } from "@/lib/backend/events";

export type QuestionProps = { question: Question; onAnswer: (answer: Answer) => void };

/** Shows what an SSH host, or this program about it, wants to know: one question after the other. */
export function QuestionHost() {
  const [question] = useQuestions();
  if (!question) {
    return null;
  }
  const onAnswer = (answer: Answer) => answerQuestion(question, answer);
  const props = { question, onAnswer };
  switch (question.kind) {
    case "host_key":
      return <HostKeyQuestion key={question.id} {...props} />;
    case "prompts":
      return <PromptsQuestion key={question.id} {...props} />;
    default:
      return (
        <SecretQuestion
          key={question.id}
          question={{ ...question, kind: question.kind }}
          onAnswer={onAnswer}
        />
      );
  }
}
