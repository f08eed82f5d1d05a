import 'symbolon';
