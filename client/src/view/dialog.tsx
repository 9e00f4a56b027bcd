/** A modal sheet on the browser's own dialog: focus stays inside, Escape closes. */
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useText } from "./app-context.tsx";
import { Icon } from "./marks.tsx";

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  className?: string;
  children: ReactNode;
}

export function Dialog({ title, open, onClose, className = "", children }: DialogProps) {
  const say = useText();
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);

  return (
    <dialog
      ref={element}
      className={`dialog ${className}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {open && (
        <>
          <header>
            <h2 id={id}>{title}</h2>
            <button className="bare" onClick={onClose} aria-label={say("close")}>
              <Icon name="close" />
            </button>
          </header>
          {children}
        </>
      )}
    </dialog>
  );
}
