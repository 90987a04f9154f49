/*
 * The foreign client of the round-trip comparison: reads 10 holding registers of unit 1 from address 0, N times, with libmodbus,
 * and keeps a gap between an answer and the next request as our client does.
 *
 *   libmodbus_client DEVICE   N [GAP_US]
 *   libmodbus_client tcp:PORT N [GAP_US]
 *
 * A fifth as many go before, uncounted: a fresh process is slow at first. Prints the round trips per second and the median of one in
 * nanoseconds, without the gap; exits 1 at the first read that fails.
 */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REGISTERS = 10, UNIT = 1 };

static const long long NANOS = 1000000000LL;

static long long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * NANOS + time.tv_nsec;
}

static void sleep_until(long long at)
{
    struct timespec time = { .tv_sec = at / NANOS, .tv_nsec = at % NANOS };
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR)
        ;
}

static int by_length(const void *left, const void *right)
{
    long long a = *(const long long *)left, b = *(const long long *)right;
    return (a > b) - (a < b);
}

static int fail(const char *what)
{
    fprintf(stderr, "libmodbus_client: %s: %s\n", what, modbus_strerror(errno));
    return 1;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: libmodbus_client DEVICE|tcp:PORT N [GAP_US]\n");
        return 2;
    }

    int is_tcp = strncmp(argv[1], "tcp:", 4) == 0;
    long round_trips = atol(argv[2]);
    long long gap = argc > 3 ? atoll(argv[3]) * 1000 : 0;
    modbus_t *modbus = is_tcp ? modbus_new_tcp("127.0.0.1", atoi(argv[1] + 4)) : modbus_new_rtu(argv[1], 115200, 'N', 8, 1);
    if (modbus == NULL)
        return fail("new");
    modbus_set_slave(modbus, UNIT);
    modbus_set_response_timeout(modbus, 1, 0);
    if (modbus_connect(modbus) < 0)
        return fail(argv[1]);

    uint16_t registers[REGISTERS];
    for (long i = 0; i < round_trips / 5; i++) {
        if (modbus_read_registers(modbus, 0, REGISTERS, registers) != REGISTERS)
            return fail("read");
    }

    long long *lengths = calloc((size_t)round_trips + 1, sizeof *lengths);
    if (lengths == NULL)
        return fail("memory");

    long long start = now();
    long long quiet_from = start;
    for (long i = 0; i < round_trips; i++) {
        if (gap > 0 && now() < quiet_from)
            sleep_until(quiet_from);
        long long asked = now();
        if (modbus_read_registers(modbus, 0, REGISTERS, registers) != REGISTERS)
            return fail("read");
        long long answered = now();
        lengths[i] = answered - asked;
        quiet_from = answered + gap;
    }

    double seconds = (double)(now() - start) / (double)NANOS;
    qsort(lengths, (size_t)round_trips, sizeof *lengths, by_length);
    printf("%.0f %lld\n", (double)round_trips / seconds, lengths[round_trips / 2]);
    free(lengths);
    modbus_close(modbus);
    modbus_free(modbus);
    return 0;
}
