/** The form in which Azure prints its ids; they are compared as text in places, so the case is not ours to change. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
