/** The keywords of JSON Schema (draft 7) that are used here, and those that editors add for messages and completion. */
export type JsonSchema = {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly type?: JsonType | readonly JsonType[];
  readonly const?: string | number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema | false>>;
  readonly additionalProperties?: JsonSchema | false;
  readonly propertyNames?: JsonSchema;
  readonly minProperties?: number;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
  readonly errorMessage?: string;
  readonly patternErrorMessage?: string;
  readonly defaultSnippets?: readonly Snippet[];
};

export type JsonType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';

export type Snippet = { readonly label: string; readonly description: string; readonly body: SnippetBody };
type SnippetBody = string | boolean | { readonly [key: string]: SnippetBody };
