using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Tests.Security.SignIn;

public sealed class PeopleTests
{
    private static readonly PersonKey Key = new("https://id.example.test/", "haruto");

    [Fact]
    public async Task Recognise_ANewPersonSignsInTwiceAtOnce_IsOnePerson()
    {
        await using var database = await TestDatabase.CreateAsync();
        var clock = new ManualTime();
        var first = Guid.Empty;
        var hook = new SaveHook(async () => first = (await new People(database.Database, clock).RecogniseAsync(Key, "Haruto", null, Watchdog.Token)).Id);

        var second = await new People(database.Open(hook), clock).RecogniseAsync(Key, "Haruto Sato", "haruto@example.test", Watchdog.Token);

        await using var db = database.Database.ForInstallation();
        var person = await db.People.SingleAsync(Watchdog.Token);
        Assert.Equal(first, second.Id);
        Assert.Equal(("Haruto Sato", "haruto@example.test"), (person.Name, person.Email));
    }
}
