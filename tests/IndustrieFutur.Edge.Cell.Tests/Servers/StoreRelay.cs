using System.Net;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>
/// Stands between a historian and its store and passes everything on; on demand something happens in the moment in which the store has
/// said that it took samples, and the historian has not heard it yet.
/// </summary>
internal sealed class StoreRelay : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new();
    private readonly Uri _store;
    private readonly Task _serving;
    private Action? _atNextWrite;

    public StoreRelay(Uri store)
    {
        _store = store;
        Url = $"http://127.0.0.1:{FreePort.Next()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where the historian is to look for its store.</summary>
    public string Url { get; }

    /// <summary>True when what was asked for has not happened yet.</summary>
    public bool IsArmed => Volatile.Read(ref _atNextWrite) is not null;

    /// <summary>What is to happen once, after the next 2xx to a write of samples and before it is passed on.</summary>
    public void AtNextWrite(Action act) => Volatile.Write(ref _atNextWrite, act);

    public void Dispose()
    {
        _listener.Close();
        _serving.GetAwaiter().GetResult();
        _client.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception cause) when (cause is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                // One after the other, as the historian asks.
                await PassAsync(context);
            }
            catch (Exception cause) when (cause is HttpRequestException or HttpListenerException or IOException or ObjectDisposedException)
            {
                // The store is away, or the historian: each sees a connection that ends.
                context.Response.Abort();
            }
        }
    }

    private async Task PassAsync(HttpListenerContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), new Uri(_store, context.Request.RawUrl));
        using var received = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(received);
        var body = received.ToArray();
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
        }

        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsByteArrayAsync();
        if (answer.IsSuccessStatusCode && body.AsSpan().StartsWith("telemetry,"u8))
        {
            Act();
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        if (text.Length > 0)
        {
            await context.Response.OutputStream.WriteAsync(text);
        }

        context.Response.Close();
    }

    /// <summary>It counts as happened when it is over.</summary>
    private void Act()
    {
        if (Volatile.Read(ref _atNextWrite) is { } act)
        {
            act();
            Volatile.Write(ref _atNextWrite, null);
        }
    }
}
