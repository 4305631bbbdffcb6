// A service for the specs of spawnService: answers each IPC message, and is content to run for ever.
function Sealed(target: object) {
  Object.seal(target); // a decorator, which Node's own type stripping would refuse
}

@Sealed
class Echo {
  answer(message: unknown): void {
    process.send?.({ echo: message });
  }
}

const echo = new Echo();
process.on('message', (message) => echo.answer(message));
setInterval(() => {}, 1000);
console.log('ready');
