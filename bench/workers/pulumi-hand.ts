import { mocked } from '../mocked';
import { program } from '../programs/hand';

mocked(program);
