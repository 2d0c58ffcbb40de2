/** A change of the application's code, how a visitor sees it, and where. */
export interface Edit {
  /** Below app/django, and below /app in the pods. */
  readonly file: string;
  readonly edited: (text: string, mark: string) => string;
  readonly path: (mark: string) => string;
}

export const template: Edit = {
  file: 'projects/templates/base.html',
  edited: (text, mark) => text.replace('</footer>', `<p>${mark}</p></footer>`),
  path: () => '/',
};

export const python: Edit = {
  file: 'coped/urls.py',
  edited: (text, mark) =>
    `${text}\nfrom django.http import HttpResponse\nurlpatterns.append(path("${mark}/", lambda _: HttpResponse("${mark}")))\n`,
  path: (mark) => `/${mark}/`,
};
