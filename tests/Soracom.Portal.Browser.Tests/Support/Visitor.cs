using System.Collections.Concurrent;
using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;

namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>
/// Somebody with a browser window of their own, cookies included. Errors on the console, exceptions of scripts and
/// requests to other hosts are noted, and fail the test at its end.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> troubles = new();
    private readonly ConcurrentBag<string> expected = [];

    private Visitor(IBrowserContext context, IPage page, Uri address, Look look)
    {
        this.context = context;
        Page = page;
        Address = address;
        Look = look;
        Words = new Words(look.Language);
        context.WebError += (_, error) => troubles.Enqueue($"script error: {error.Error}");
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                troubles.Enqueue($"console: {message.Text} ({message.Location})");
            }
        };
        context.Request += (_, request) =>
        {
            var target = new Uri(request.Url);
            if (target.Scheme is not "data" and not "blob" && target.Authority != address.Authority)
            {
                troubles.Enqueue($"request to another host: {request.Url}");
            }
        };
    }

    /// <summary>The window.</summary>
    public IPage Page { get; }

    /// <summary>The portal's address.</summary>
    public Uri Address { get; }

    /// <summary>How the visitor looks at it.</summary>
    public Look Look { get; }

    /// <summary>The texts in the visitor's language.</summary>
    public Words Words { get; }

    /// <summary>Path and query of the page that is open.</summary>
    public string Location => new Uri(Page.Url).PathAndQuery;

    internal IBrowserContext Context => context;

    internal static async Task<Visitor> ArriveAsync(IBrowser browser, Uri address, Look look)
    {
        var opened = await browser.NewContextAsync(look.Options);
        await opened.AddCookiesAsync(look.Cookies(address));
        return new Visitor(opened, await opened.NewPageAsync(), address, look);
    }

    /// <summary>Opens an address of the portal.</summary>
    /// <param name="path">Path and query.</param>
    /// <returns>The answer.</returns>
    public async Task<IResponse> OpenAsync(string path)
    {
        var address = new Uri(Address, path).ToString();
        // A page that starts anew by itself at that moment, as one whose rights have changed, takes the answer away: it is opened once more.
        return await Page.GotoAsync(address) ?? await Page.GotoAsync(address) ?? throw new InvalidOperationException($"{path} gave no answer.");
    }

    /// <summary>Opens an address of the portal and waits until the page takes clicks.</summary>
    /// <param name="path">Path and query.</param>
    /// <returns>A task that ends when it does.</returns>
    public async Task OpenLiveAsync(string path)
    {
        await OpenAsync(path);
        await LiveAsync();
    }

    /// <summary>Waits until the page takes clicks: its circuit has drawn it.</summary>
    /// <returns>A task that ends when it does.</returns>
    public Task LiveAsync() => Page.Locator("[data-live]").WaitForAsync();

    /// <summary>Waits until the page shows what it has to show: live where it has a circuit, and nothing on its way.</summary>
    /// <returns>A task that ends when it does.</returns>
    public async Task SettledAsync()
    {
        // An address that is there already may be that of a document that is not: it has no frame yet.
        await Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        if (await Page.Locator(".frame").CountAsync() > 0)
        {
            await LiveAsync();
        }

        await Assertions.Expect(Page.Locator("[aria-busy=true], p[role=status]:visible")).ToHaveCountAsync(0);
    }

    /// <summary>Signs in as a person of the demo.</summary>
    /// <param name="account">The demo account's key.</param>
    /// <param name="returnUrl">Where to go then.</param>
    /// <returns>A task that ends when the browser is there, and the page takes clicks.</returns>
    public async Task SignInAsync(string account, string? returnUrl = null)
    {
        await OpenAsync(PortalUrls.SignIn(returnUrl));
        await new SignInPage(this).ChooseAsync(account);
        await Page.WaitForURLAsync(address => !new Uri(address).AbsolutePath.StartsWith(PortalUrls.SignIn(), StringComparison.Ordinal));
        if (await Page.Locator(".frame").CountAsync() > 0)
        {
            await LiveAsync();
        }
    }

    /// <summary>Waits until the address is this one.</summary>
    /// <param name="path">Path and query.</param>
    /// <returns>A task that ends when it is.</returns>
    public Task AtAsync(string path) => Assertions.Expect(Page).ToHaveURLAsync(new Uri(Address, path).AbsoluteUri);

    /// <summary>Says that a trouble belongs to the story.</summary>
    /// <param name="part">Part of its text.</param>
    public void Expect(string part) => expected.Add(part);

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.DoesNotContain(troubles, trouble => !expected.Any(part => trouble.Contains(part, StringComparison.OrdinalIgnoreCase)));
    }
}
