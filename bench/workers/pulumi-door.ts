import { mocked } from '../mocked';
import { program } from '../programs/door';

mocked(program);
