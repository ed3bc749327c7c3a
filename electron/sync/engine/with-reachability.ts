import type { Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { Portal } from './fhir-gateway.ts';

/** The same portal, telling of each answer that came: the only proof that the server is there. */
export function watchedPortal(portal: Portal, onAnswer: () => void): Portal {
  const watched = async <T>(asked: Promise<Result<T, RequestFailure>>): Promise<Result<T, RequestFailure>> => {
    const answer = await asked;
    if (answer.ok) onAnswer();
    return answer;
  };
  return {
    search: (type, parameters) => watched(portal.search(type, parameters)),
    page: (type, url) => watched(portal.page(type, url)),
    look: (searches) => watched(portal.look(searches)),
    read: (type, id) => watched(portal.read(type, id)),
    send: (request) => watched(portal.send(request)),
  };
}
