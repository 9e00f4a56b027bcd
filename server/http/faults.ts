/**
 * Every fault in the one shape, whoever threw it: the routes, the body parsers, Express itself. Never a stack.
 */
import type { ErrorRequestHandler } from "express";
import { MulterError } from "multer";
import type { Logger } from "pino";
import type { ErrorBody } from "../contract/report.ts";
import { AppError, httpStatus, toAppError } from "../errors.ts";

export function errorBody(fault: AppError): ErrorBody {
  return {
    error: {
      code: fault.code,
      message: fault.message,
      ...(fault.issues.length > 0 ? { issues: fault.issues } : {}),
      ...(fault.position !== null ? { position: fault.position } : {}),
    },
  };
}

export function answerFaults(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const fault = faultOf(error);
    if (fault.code === "internal")
      log.error({ err: error, method: request.method, path: request.path }, "unexpected fault");
    else log.debug({ code: fault.code, method: request.method, path: request.path }, fault.message);
    if (response.headersSent) {
      // Half an answer cannot be taken back; a broken connection tells that it is not whole.
      response.destroy();
      next();
      return;
    }
    if (fault.code === "rate_limited") response.set("Retry-After", "600");
    response.status(httpStatus(fault.code)).json(errorBody(fault));
  };
}

function faultOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof MulterError) return multerFault(error);
  const type = error instanceof Error && "type" in error ? error.type : null;
  const status = error instanceof Error && "status" in error ? error.status : null;
  const message = error instanceof Error ? error.message : String(error);
  switch (type) {
    case "entity.too.large":
      return new AppError("too_large", "The body is too large. Send files of at most 5 MB, or several requests.");
    case "entity.parse.failed":
      return new AppError("invalid_input", `The body is no JSON: ${message}.`);
    case "encoding.unsupported":
    case "charset.unsupported":
      return new AppError("unsupported_media", `The body cannot be decoded: ${message}. Send UTF-8.`);
    case "request.aborted":
    case "request.size.invalid":
      return new AppError("invalid_input", "The body did not arrive whole. Send it again.");
  }
  if (status === 400) return new AppError("invalid_input", `The request cannot be understood: ${message}.`);
  return toAppError(error);
}

function multerFault(error: MulterError): AppError {
  switch (error.code) {
    case "LIMIT_FILE_SIZE":
    case "LIMIT_FIELD_VALUE":
      return new AppError("too_large", "A file of the request is too large. Send files of at most 5 MB.");
    case "LIMIT_FILE_COUNT":
    case "LIMIT_PART_COUNT":
    case "LIMIT_FIELD_COUNT":
      return new AppError("too_large", "The request holds too many files. Send at most 500 at once.");
    case "LIMIT_UNEXPECTED_FILE":
      return new AppError("invalid_input", `Files belong into the field "files", not "${error.field ?? ""}".`);
    default:
      return new AppError("invalid_input", `The multipart body cannot be read: ${error.message}.`);
  }
}
