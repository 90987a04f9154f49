using System.Net.Http.Headers;
using System.Text;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>Asks a store over HTTP. An answer comes back whatever it says; no answer is a <see cref="StoreException"/>.</summary>
internal sealed class StoreHttp : IDisposable
{
    /// <summary>A batch is written in some tens of milliseconds; ten seconds is a store that hangs.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    /// <summary>So that a name that moves to another machine is noticed.</summary>
    private static readonly TimeSpan ConnectionMax = TimeSpan.FromMinutes(5);

    private readonly HttpClient _client;
    private readonly HistorianOptions _options;
    private readonly string _baseDirectory;
    private readonly TimeProvider _clock;

    public StoreHttp(HistorianOptions options, string baseDirectory, TimeProvider clock)
    {
        _options = options;
        _baseDirectory = baseDirectory;
        _clock = clock;

        // No redirect is followed: it would turn a write into a read.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionMax, UseCookies = false };
        _client = new HttpClient(handler) { BaseAddress = new Uri(options.Url!.TrimEnd('/') + "/"), Timeout = AnswerMax };
    }

    public string Url => _options.Url!.TrimEnd('/');

    /// <summary>Reads the password anew, so that a corrected one is taken without a restart.</summary>
    public void LogIn()
    {
        if (_options.User is null || _options.Password is null)
        {
            return;
        }

        var password = _options.Password.Resolve(ReadFile, out var error)
            ?? throw new StoreException($"{Url}: the password cannot be had: {error}. {_options.Password.Remedy}");
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.User}:{password}"));
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    }

    public Task<StoreAnswer> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public async Task<StoreAnswer> PostAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(body);
        return await SendAsync(HttpMethod.Post, path, content, cancellationToken);
    }

    /// <summary>What to throw when the answer is none that a store in order gives.</summary>
    public StoreException Refusal(StoreAnswer answer) => answer.Status switch
    {
        401 or 403 => new StoreException($"{Url} refuses the log-in ({answer.Status}): {answer.Brief} Check \"user\" and \"password\", and what the user may do."),
        429 => new StoreException($"{Url} asks for patience (429).") { RetryAfter = answer.RetryAfter },
        >= 500 => new StoreException($"{Url} has a fault ({answer.Status}): {answer.Brief}") { RetryAfter = answer.RetryAfter },
        _ => new StoreException($"{Url} answers {answer.Status}: {answer.Brief} Is \"url\" the store's own address?"),
    };

    public void Dispose() => _client.Dispose();

    private async Task<StoreAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return new StoreAnswer((int)response.StatusCode, text, RetryAfter(response));
        }
        catch (Exception cause) when (!cancellationToken.IsCancellationRequested && cause is HttpRequestException or IOException or OperationCanceledException)
        {
            var reason = cause is OperationCanceledException ? $"no answer within {AnswerMax.TotalSeconds:0} s" : (cause.InnerException ?? cause).Message.TrimEnd('.');
            throw new StoreException($"{Url} cannot be reached: {reason}. Check that the store runs.", cause);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - _clock.GetUtcNow());
        return asked > TimeSpan.Zero ? asked : null;
    }

    private string? ReadFile(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(_baseDirectory, name));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
