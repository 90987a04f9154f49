/*
 * A foreign Modbus slave: unit 1 with 100 holding registers on libmodbus, each incremented after every read of it that was
 * answered. Whoever polls it sees every value once; a value that is missing or comes twice tells on the poller.
 *
 *   libmodbus_slave rtu DEVICE [ANSWER_GAP_US [tell]]
 *   libmodbus_slave tcp PORT   [ANSWER_GAP_US [tell]]
 *
 * Prints "ready" when it listens, and at SIGTERM the number of reads it answered. Told to tell, it also prints each write
 * request before it answers it: its function, address, and values.
 */
#include <errno.h>
#include <modbus.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REGISTERS = 100, UNIT = 1, READ_HOLDING_REGISTERS = 3, WRITE_REGISTER = 6, WRITE_REGISTERS = 16 };

static volatile sig_atomic_t reads;

/* libmodbus goes on after EINTR, so the end is made here: snprintf of a number and write are all it takes. */
static void finish(int signal_number)
{
    char line[32];
    (void)signal_number;
    int length = snprintf(line, sizeof line, "%ld\n", (long)reads);
    if (write(STDOUT_FILENO, line, (size_t)length) < 0)
        _exit(1);
    _exit(0);
}

static void count_up(modbus_mapping_t *map, const uint8_t *pdu)
{
    if (pdu[0] != READ_HOLDING_REGISTERS)
        return;
    int start = pdu[1] << 8 | pdu[2];
    int count = pdu[3] << 8 | pdu[4];
    if (start + count > REGISTERS)
        return;
    for (int i = start; i < start + count; i++)
        map->tab_registers[i]++;
    reads++;
}

static int word(const uint8_t *bytes) { return bytes[0] << 8 | bytes[1]; }

static void tell(const uint8_t *pdu)
{
    if (pdu[0] == WRITE_REGISTER)
        printf("%d %d %d\n", pdu[0], word(pdu + 1), word(pdu + 3));
    if (pdu[0] == WRITE_REGISTERS) {
        printf("%d %d", pdu[0], word(pdu + 1));
        for (int i = 0; i < word(pdu + 3); i++)
            printf(" %d", word(pdu + 6 + 2 * i));
        printf("\n");
    }
    fflush(stdout);
}

/* Answers one connection or line until it ends. */
static void serve(modbus_t *modbus, modbus_mapping_t *map, useconds_t gap, int tells)
{
    uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
    int header = modbus_get_header_length(modbus);
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    for (;;) {
        sigprocmask(SIG_UNBLOCK, &term, NULL);
        int length = modbus_receive(modbus, request);
        if (length < 0 && (errno == EMBBADCRC || errno == ETIMEDOUT))
            continue;
        if (length < 0)
            return;
        if (length == 0)
            continue;
        /* The end may not come between an answer and its count. */
        sigprocmask(SIG_BLOCK, &term, NULL);
        if (gap > 0)
            usleep(gap);
        if (tells)
            tell(request + header);
        if (modbus_reply(modbus, request, length, map) < 0)
            return;
        count_up(map, request + header);
    }
}

static int fail(const char *what)
{
    fprintf(stderr, "libmodbus_slave: %s: %s\n", what, modbus_strerror(errno));
    return 1;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: libmodbus_slave rtu DEVICE|tcp PORT [ANSWER_GAP_US [tell]]\n");
        return 2;
    }

    int is_tcp = strcmp(argv[1], "tcp") == 0;
    int tells = argc > 4 && strcmp(argv[4], "tell") == 0;
    useconds_t gap = argc > 3 ? (useconds_t)atoi(argv[3]) : 0;
    modbus_t *modbus = is_tcp ? modbus_new_tcp("127.0.0.1", atoi(argv[2])) : modbus_new_rtu(argv[2], 115200, 'N', 8, 1);
    modbus_mapping_t *map = modbus_mapping_new(0, 0, REGISTERS, 0);
    if (modbus == NULL || map == NULL)
        return fail("new");
    modbus_set_slave(modbus, UNIT);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, finish);

    int listener = is_tcp ? modbus_tcp_listen(modbus, 1) : -1;
    if (is_tcp ? listener < 0 : modbus_connect(modbus) < 0)
        return fail(argv[2]);
    printf("ready\n");
    fflush(stdout);

    if (!is_tcp) {
        serve(modbus, map, gap, tells);
        return fail("line lost");
    }
    while (modbus_tcp_accept(modbus, &listener) >= 0) {
        serve(modbus, map, gap, tells);
        modbus_close(modbus);
    }
    return fail("accept");
}
