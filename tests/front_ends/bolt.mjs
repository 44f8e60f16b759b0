// Reads and tries to write through the official driver, with a log-in from the command line.
import neo4j from 'neo4j-driver'

const [uri, user, password, database] = process.argv.slice(2)
const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true })
const session = driver.session({ database })
const found = {}
try {
  const counted = await session.run('MATCH (q:Quarter) RETURN count(q) AS quarters')
  found.quarters = counted.records[0].get('quarters')
  try {
    await session.run("CREATE (:Area {id: 'zz'})")
    found.wrote = true
  } catch (error) {
    found.refused = String(error.message)
  }
} finally {
  await session.close()
  await driver.close()
}
process.stdout.write(JSON.stringify(found))
