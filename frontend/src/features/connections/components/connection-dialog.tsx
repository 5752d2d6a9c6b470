import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useMemo, useState } from "react";
import { type FieldErrors, FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "@/components/failure-alert";
import { Dialog, DialogContent, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { useConnections, useSaveConnection } from "@/features/connections/api/connections";
import { useConnectionTest } from "@/features/connections/api/use-connection-test";
import { ConnectionTabs, type TabName } from "@/features/connections/components/connection-tabs";
import { DialogActions } from "@/features/connections/components/dialog-actions";
import type { FieldName } from "@/features/connections/components/form-fields";
import { TestResult } from "@/features/connections/components/test-result";
import {
  type ConnectionForm,
  emptyForm,
  fromConnection,
  suggestedName,
  toDraft,
} from "@/features/connections/model/form";
import { connectionRules, encodeProblem, tabOf } from "@/features/connections/model/rules";
import { closeEditor, selectConnection, useConnectionsState } from "@/features/connections/store";
import type { Connection, Problem } from "@/lib/backend/client";

export function ConnectionDialog() {
  const { editing } = useConnectionsState();
  return (
    <Dialog open={editing !== null} onOpenChange={(open) => open || closeEditor()}>
      {editing && <ConnectionEditor key={editing.connection?.id ?? ""} connection={editing.connection} />}
    </Dialog>
  );
}

/** The names of all fields with errors, such as "tls.cert". */
function fieldsOf(errors: FieldErrors, prefix = ""): string[] {
  return Object.entries(errors).flatMap(([name, error]) =>
    typeof error?.message === "string"
      ? [prefix + name]
      : fieldsOf((error ?? {}) as FieldErrors, `${prefix}${name}.`),
  );
}

function ConnectionEditor({ connection }: { connection: Connection | null }) {
  const { t } = useTranslation();
  const { data: all = [] } = useConnections();
  const save = useSaveConnection();
  const test = useConnectionTest();
  const [tab, setTab] = useState<TabName>("general");
  const resolver = useMemo(() => {
    const others = all.filter(({ id }) => id !== connection?.id).map(({ name }) => name);
    return zodResolver(connectionRules(others));
  }, [all, connection]);
  const form = useForm<ConnectionForm>({
    defaultValues: connection ? fromConnection(connection) : emptyForm(),
    resolver,
    mode: "onTouched",
  });

  // What a test said holds no longer when the form says something else.
  const { clear } = test;
  useEffect(() => form.subscribe({ formState: { values: true }, callback: clear }), [form, clear]);

  /** Shows the first tab that has a problem. */
  const showTab = (fields: readonly string[]) => {
    const wrong = new Set(fields.map(tabOf));
    const first = (["general", "ssh", "ssl"] as const).find((name) => wrong.has(name));
    if (first && !wrong.has(tab)) {
      setTab(first);
    }
  };
  const showProblems = (problems: readonly Problem[]) => {
    showTab(problems.map(({ field }) => field));
    for (const { field, code, args } of problems) {
      form.setError(field as FieldName, { type: code, message: encodeProblem(code, args) });
    }
  };
  const nameIfEmpty = () => {
    if (form.getValues("name").trim() === "") {
      form.setValue("name", suggestedName(form.getValues()));
    }
  };
  const onSave = (values: ConnectionForm) =>
    save.mutateAsync(toDraft(values)).then(
      (saved) => {
        if (!saved.connection) {
          showProblems(saved.problems);
          return;
        }
        selectConnection(saved.connection.id);
        closeEditor();
        toast({ variant: "success", title: t("connections.savedToast", { name: saved.connection.name }) });
      },
      () => {
        // The failure is shown above the buttons.
      },
    );
  const submit = () => {
    nameIfEmpty();
    void form.handleSubmit(onSave, (errors) => showTab(fieldsOf(errors)))();
  };
  const startTest = async () => {
    nameIfEmpty();
    if (await form.trigger()) {
      save.reset();
      void test.start(toDraft(form.getValues()));
    } else {
      showTab(fieldsOf(form.formState.errors));
    }
  };

  return (
    <DialogContent
      aria-describedby={undefined}
      className="max-w-2xl"
      // What was typed is not lost by a click beside the dialog.
      onInteractOutside={(event) => event.preventDefault()}
      // Not the tabs, which come first: an address can be pasted at once, or a saved connection changed.
      onOpenAutoFocus={(event) => {
        event.preventDefault();
        (event.currentTarget as HTMLElement).querySelector("input")?.focus();
      }}
    >
      <DialogHeader>
        <DialogTitle className="truncate">
          {connection ? t("connections.editTitle", { name: connection.name }) : t("connections.new")}
        </DialogTitle>
      </DialogHeader>
      <FormProvider {...form}>
        <form
          noValidate
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <ConnectionTabs tab={tab} onTabChange={setTab} connection={connection} />
          {(test.state.phase !== "idle" || save.error) && (
            <div className="max-h-[min(16rem,30vh)] shrink-0 overflow-y-auto border-t bg-muted/30 px-5 py-3">
              {save.error ? (
                <FailureAlert error={save.error} />
              ) : (
                <TestResult state={test.state} onCancel={test.cancel} />
              )}
            </div>
          )}
          <DialogActions
            testing={test.state.phase === "running"}
            saving={save.isPending}
            onTest={() => void startTest()}
          />
        </form>
      </FormProvider>
    </DialogContent>
  );
}
