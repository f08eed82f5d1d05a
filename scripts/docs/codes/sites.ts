/** Every place in the sources at which a finding gets its code, with what is said there. */
import { join, relative } from 'node:path';
import ts from 'typescript';
import { programOf } from './program';
import { shownText } from './text';

/** One place. */
export interface Site {
  readonly code: string;
  readonly level: string;
  /** What would have been right, or what is wrong. */
  readonly says: string;
  /** What to do about it. */
  readonly fix: string;
}

export interface Sites {
  readonly sites: readonly Site[];
  /** Places whose code could not be read: `file:line`. */
  readonly unread: readonly string[];
}

type Fields = ReadonlyMap<string, ts.Expression>;

/** Reads the sources: a finding is made by `complain`, by a function that has a parameter `code`, or as an object with a field `code`. */
export function sitesIn(root: string): Sites {
  return new Reader(root, programOf(root)).read();
}

class Reader {
  private readonly checker: ts.TypeChecker;
  private readonly files: readonly ts.SourceFile[];
  private readonly sites: Site[] = [];
  private readonly unread: string[] = [];
  /** `aws/` of `aws/${code}`, by the file in which that stands. */
  private readonly prefixes = new Map<string, string>();
  /** `rbac/` of `rbac/${risk.code}`. */
  private fieldPrefix = '';
  /** How functions, and their types, are called that have a parameter `code`: only their calls are looked at, since a compiler takes its time over each. */
  private readonly takesCode = new Set<string>();
  private readonly calls = new Map<string, ts.CallExpression[]>();

  constructor(private readonly root: string, program: ts.Program) {
    this.checker = program.getTypeChecker();
    this.files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(join(root, 'src/')) && !fileName.includes('.generated.'));
  }

  read(): Sites {
    for (const file of this.files) this.each(file, node => this.note(node));
    // A parameter of a type that takes a code.
    for (const file of this.files) {
      this.each(file, node => {
        if (ts.isParameter(node) && node.type !== undefined && this.takesCode.has(node.type.getText())) this.takesCode.add(node.name.getText());
      });
    }
    for (const file of this.files) {
      this.each(file, node => {
        if (ts.isCallExpression(node) && this.takesCode.has(nameOf(node.expression))) this.readCall(node);
        else if (ts.isObjectLiteralExpression(node)) this.readObject(node);
      });
    }
    return { sites: this.sites, unread: this.unread };
  }

  private each(node: ts.Node, visit: (node: ts.Node) => void): void {
    visit(node);
    ts.forEachChild(node, child => this.each(child, visit));
  }

  private note(node: ts.Node): void {
    if (ts.isCallExpression(node)) {
      const key = `${node.getSourceFile().fileName} ${nameOf(node.expression)}`;
      this.calls.set(key, [...this.calls.get(key) ?? [], node]);
    }
    if (ts.isFunctionLike(node) && node.parameters.some(({ name }) => name.getText() === 'code')) {
      const named = ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) ? node.name : (node.parent as { readonly name?: ts.Node }).name;
      if (named !== undefined) this.takesCode.add(named.getText());
    }
    this.notePrefix(node);
  }

  private notePrefix(node: ts.Node): void {
    if (!ts.isTemplateExpression(node) || !/^[a-z][a-z-]*\/$/.test(node.head.text)) return;
    const [span] = node.templateSpans as unknown as readonly [ts.TemplateSpan];
    if (ts.isIdentifier(span.expression) && span.expression.text === 'code') this.prefixes.set(node.getSourceFile().fileName, node.head.text);
    if (ts.isPropertyAccessExpression(span.expression) && span.expression.name.text === 'code') this.fieldPrefix = node.head.text;
  }

  /** Of the file itself, else of one beside it: a room has one. */
  private prefixAt({ fileName }: ts.SourceFile): string | undefined {
    const folder = fileName.slice(0, fileName.lastIndexOf('/') + 1);
    return this.prefixes.get(fileName) ?? [...this.prefixes].find(([file]) => file.startsWith(folder))?.[1];
  }

  private readCall(call: ts.CallExpression): void {
    const named = this.argumentsByName(call);
    const code = named.get('code');
    if (code === undefined) return;
    const values = this.valuesOf(code);
    if (values === undefined) {
      if (!this.isHandedOn(code)) this.unread.push(this.placeOf(call));
      return;
    }
    const complaint = named.get('complaint');
    const fields = complaint === undefined ? this.fieldsOf(call, named) : undefined;
    for (const value of values) {
      const full = value.includes('/') ? value : `${this.prefixAt(call.getSourceFile()) ?? ''}${value}`;
      for (const said of fields === undefined ? this.objectsIn(complaint as ts.Expression) : [fields]) this.add(full, said);
    }
  }

  private argumentsByName(call: ts.CallExpression): Fields {
    const parameters = this.checker.getResolvedSignature(call)?.parameters ?? [];
    return new Map(parameters.flatMap((parameter, i) => (call.arguments[i] === undefined ? [] : [[parameter.name, call.arguments[i]] as const])));
  }

  /** What is not among the arguments is said by the function that they are handed to. */
  private fieldsOf(call: ts.CallExpression, named: Fields): Fields {
    const inner = new Map<string, ts.Expression>();
    const declaration = this.checker.getResolvedSignature(call)?.declaration;
    if (declaration !== undefined) {
      this.each(declaration, node => {
        if (ts.isObjectLiteralExpression(node) && inner.size === 0 && fieldsIn(node).has('expected')) fieldsIn(node).forEach((value, key) => inner.set(key, value));
      });
    }
    return new Map([...inner, ...named]);
  }

  private readObject(object: ts.ObjectLiteralExpression): void {
    const fields = fieldsIn(object);
    const code = fields.get('code');
    const isFinding = ['expected', 'message', 'says', 'got', 'takes'].some(name => fields.has(name)) || (fields.has('of') && fields.has('field'));
    if (code === undefined || !isFinding) return;
    const values = this.valuesOf(code);
    if (values === undefined) return;
    for (const value of values) if (/^[a-z]/.test(value)) this.add(value.includes('/') ? value : `${this.fieldPrefix}${value}`, fields);
  }

  private add(code: string, said: Fields): void {
    const text = (field: string): string => shownText(said.get(field), name => this.meaningsOf(name));
    const severity = text('severity') || text('level');
    const says = ['expected', 'says', 'message', 'got', 'takes'].map(text).find(each => each !== '') ?? '';
    this.sites.push({ code, level: severity === '' || severity === '…' ? 'error' : severity.replace(' / ', ', '), says, fix: text('fix') });
  }

  /** The value of a constant; of a parameter, what is handed to it in the same file. */
  private meaningsOf(name: ts.Identifier): readonly ts.Expression[] {
    const declaration = this.declarationOf(name);
    if (declaration === undefined) return [];
    if (ts.isVariableDeclaration(declaration)) return declaration.initializer === undefined ? [] : [declaration.initializer];
    if (!ts.isParameter(declaration)) return [];
    const { parent } = declaration;
    const named = ts.isFunctionDeclaration(parent) ? parent.name : (parent.parent as { readonly name?: ts.Node }).name;
    const calls = named === undefined ? [] : this.calls.get(`${declaration.getSourceFile().fileName} ${named.getText()}`) ?? [];
    const at = parent.parameters.indexOf(declaration as never);
    // A parameter that is handed on under its own name says nothing.
    return calls.flatMap(call => call.arguments[at] ?? []).filter(each => !ts.isIdentifier(each));
  }

  private declarationOf(name: ts.Identifier): ts.Declaration | undefined {
    const { parent } = name;
    const symbol = ts.isShorthandPropertyAssignment(parent) ? this.checker.getShorthandAssignmentValueSymbol(parent) : this.checker.getSymbolAtLocation(name);
    return symbol?.valueDeclaration;
  }

  /** The texts that an expression can be; undefined where only a run can tell. */
  private valuesOf(node: ts.Expression): readonly string[] | undefined {
    if (ts.isTemplateExpression(node)) {
      return node.templateSpans.reduce<readonly string[] | undefined>((before, { expression, literal }) => {
        const values = this.valuesOf(expression);
        return before === undefined || values === undefined ? undefined : before.flatMap(head => values.map(value => head + value + literal.text));
      }, [node.head.text]);
    }
    const type = this.checker.getTypeAtLocation(node);
    const types = type.isUnion() ? type.types : [type];
    if (types.every(each => each.isStringLiteral())) return types.map(each => (each as ts.StringLiteralType).value);
    const declaration = ts.isIdentifier(node) ? this.declarationOf(node) : undefined;
    const initializer = declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return initializer === undefined ? undefined : this.valuesOf(initializer);
  }

  /** The objects that an expression can be. */
  private objectsIn(node: ts.Expression): readonly Fields[] {
    if (ts.isObjectLiteralExpression(node)) return [fieldsIn(node)];
    if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(each => this.objectsIn(each));
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return this.objectsIn(node.expression);
    const meant = ts.isIdentifier(node) ? this.meaningsOf(node).flatMap(each => this.objectsIn(each)) : [];
    return meant.length > 0 ? meant : [new Map()];
  }

  /** Whether the code is one that was given to a function, or stands in a table: then it is read where it is given. */
  private isHandedOn(code: ts.Expression): boolean {
    let handed = false;
    this.each(code, node => { if (ts.isIdentifier(node) && node.text === 'code') handed = true; });
    return handed;
  }

  private placeOf(node: ts.Node): string {
    const file = node.getSourceFile();
    return `${relative(this.root, file.fileName)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  }
}

/** `complain` of `complain(…)` and of `this.complain(…)`. */
function nameOf(callee: ts.Expression): string {
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
}

/** The fields of an object as it is written, those of objects that are spread into it on a condition included. */
function fieldsIn(object: ts.ObjectLiteralExpression): Fields {
  const fields = new Map<string, ts.Expression>();
  for (const property of object.properties) {
    if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.name)) fields.set(property.name.text, property.initializer);
    if (ts.isShorthandPropertyAssignment(property)) fields.set(property.name.text, property.name);
  }
  return fields;
}
