package dev.gatemend.host;

import java.util.List;

/**
 * What PHP-FPM, PM2 and supervisor keep, or would keep if they ran. Reads their definitions; asks
 * PM2 and supervisor over their sockets while their processes run, and starts neither.
 */
public final class KeptPrograms implements Observer {
    @Override
    public String name() {
        return "programs";
    }

    @Override
    public void look(Look look) {
        List<List<String>> commands = CommandLines.of(look.host());
        PhpPools.look(look, commands);
        Pm2Applications.look(look, commands);
        SupervisorPrograms.look(look, commands);
    }
}
