describe.each(['cdk8s', 'constructs'])('without %s', peer => {
  test('the door says what to install', () => {
    jest.isolateModules(() => {
      jest.doMock(peer, () => {
        throw Object.assign(new Error(`Cannot find module '${peer}'`), { code: 'MODULE_NOT_FOUND' });
      });
      expect(() => jest.requireActual<object>('symbolon/cdk8s')).toThrow(expect.objectContaining({
        code: 'ERR_MISSING_PEER', message: expect.stringMatching(new RegExp(`^symbolon/cdk8s needs the package ${peer}@.*npm install "${peer}@`)) as string,
      }));
      jest.dontMock(peer);
    });
  });

  test('the rest of symbolon works', () => {
    jest.isolateModules(() => {
      jest.doMock(peer, () => {
        throw new Error('loaded');
      });
      expect(() => jest.requireActual<object>('symbolon')).not.toThrow();
      jest.dontMock(peer);
    });
  });
});
