using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>An HTTP server that answers what a test tells it to, for the answers that a real store gives too seldom.</summary>
internal sealed class ScriptedStore : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string, string, ScriptedAnswer> _answer;

    /// <param name="answer">From the path with its query, and the body.</param>
    public ScriptedStore(Func<string, string, ScriptedAnswer> answer)
    {
        _answer = answer;
        Url = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var answer = _answer(context.Request.RawUrl!, await reader.ReadToEndAsync());
                context.Response.StatusCode = answer.Status;
                if (answer.RetryAfter is not null)
                {
                    context.Response.AddHeader("Retry-After", answer.RetryAfter);
                }

                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Text));
                context.Response.Close();
            }
            catch (Exception cause) when (cause is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
