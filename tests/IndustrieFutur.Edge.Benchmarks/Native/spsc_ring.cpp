/*
 * The C++ side of the proof `ring`: a bounded queue between one writing and one reading thread, written as the field writes it. One slot
 * stays empty to tell full from empty; each side keeps a plain copy of the other's index and loads it again only when the ring seems full
 * or empty; every index has a cache line of its own, and items begin on one. An item has the 32 bytes of Core's Sample.
 *
 *   g++ -O3 -march=native -DNDEBUG -std=c++17 -shared -fPIC
 *
 * Both loops give up (0) when the other side has not moved for so many turns, which is a second or so: at real-time priority nobody else
 * could end them.
 */
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>

namespace {

constexpr std::size_t line = 64;
constexpr std::size_t patience = std::size_t(1) << 29;

struct alignas(32) item {
    std::int32_t signal;
    std::uint32_t status;
    std::int64_t bits;
    std::int64_t source;
    std::int64_t arrival;
};

static_assert(sizeof(item) == 32, "an item is as large as a Sample");

class ring {
public:
    explicit ring(std::size_t capacity)
        : slots_(capacity + 1), items_(static_cast<item *>(::operator new[](slots_ * sizeof(item), std::align_val_t(line)))) {}

    ~ring() { ::operator delete[](items_, std::align_val_t(line)); }

    ring(const ring &) = delete;
    ring &operator=(const ring &) = delete;

    bool try_push(const item &value) {
        const auto at = write_.load(std::memory_order_relaxed);
        const auto next = at + 1 == slots_ ? 0 : at + 1;
        if (next == read_seen_) {
            read_seen_ = read_.load(std::memory_order_acquire);
            if (next == read_seen_)
                return false;
        }
        items_[at] = value;
        write_.store(next, std::memory_order_release);
        return true;
    }

    const item *front() {
        const auto at = read_.load(std::memory_order_relaxed);
        if (at == write_seen_) {
            write_seen_ = write_.load(std::memory_order_acquire);
            if (at == write_seen_)
                return nullptr;
        }
        return items_ + at;
    }

    void pop() {
        const auto at = read_.load(std::memory_order_relaxed);
        read_.store(at + 1 == slots_ ? 0 : at + 1, std::memory_order_release);
    }

private:
    const std::size_t slots_;
    item *const items_;
    alignas(line) std::atomic<std::size_t> write_{0};
    alignas(line) std::size_t read_seen_ = 0;
    alignas(line) std::atomic<std::size_t> read_{0};
    alignas(line) std::size_t write_seen_ = 0;
};

} // namespace

extern "C" {

void *spsc_make(std::int64_t capacity) { return new ring(static_cast<std::size_t>(capacity)); }

void spsc_free(void *made) { delete static_cast<ring *>(made); }

/* Writes the items that bear the numbers from first on; 1 when all are written. */
int spsc_write(void *made, std::int64_t first, std::int64_t count) {
    auto &queue = *static_cast<ring *>(made);
    for (auto number = first; number < first + count; number++) {
        const item value{static_cast<std::int32_t>(number), 0, number, number, ~number};
        std::size_t turns = 0;
        while (!queue.try_push(value))
            if (++turns == patience)
                return 0;
    }
    return 1;
}

/* Reads as many; 1 when each bore the number it had to. */
int spsc_read(void *made, std::int64_t first, std::int64_t count) {
    auto &queue = *static_cast<ring *>(made);
    auto holds = true;
    for (auto number = first; number < first + count; number++) {
        const item *value;
        std::size_t turns = 0;
        while ((value = queue.front()) == nullptr)
            if (++turns == patience)
                return 0;
        holds &= value->bits == number && value->arrival == ~number;
        queue.pop();
    }
    return holds;
}
}
