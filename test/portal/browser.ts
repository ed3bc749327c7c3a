/** A person with a browser and no screen: follows redirects, keeps cookies, picks an account on the login page. */
export interface Browser {
  /** Opens the address; ends where redirects end. */
  readonly open: (url: string) => Promise<Response>;
  /** Opens the address, picks the account on the login page it leads to, and follows on to the end. '' cancels. */
  readonly signIn: (url: string, accountId: string) => Promise<Response>;
}

const mostRedirects = 12;

export function createBrowser(): Browser {
  const cookies = new Map<string, string>();

  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const headers = { ...init.headers, Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(cookie) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };

  const follow = async (url: string, init: RequestInit): Promise<{ readonly response: Response; readonly url: string }> => {
    let address = url;
    let response = await send(address, init);
    for (let hop = 0; hop < mostRedirects && response.status >= 300 && response.status < 400; hop += 1) {
      address = new URL(response.headers.get('location') ?? '', address).href;
      await response.body?.cancel();
      response = await send(address, {});
    }
    return { response, url: address };
  };

  return {
    open: async (url) => (await follow(url, {})).response,
    signIn: async (url, accountId) => {
      const page = await follow(url, {});
      const html = await page.response.text();
      const action = /<form method="post" action="([^"]+)"/u.exec(html)?.[1];
      if (action === undefined) return new Response(html, { status: page.response.status });
      const body = new URLSearchParams({ account: accountId }).toString();
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      return (await follow(new URL(action, page.url).href, { method: 'POST', headers, body })).response;
    },
  };
}
